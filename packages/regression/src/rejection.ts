export { isRejection, type Rejection } from "@latticode/machines";
