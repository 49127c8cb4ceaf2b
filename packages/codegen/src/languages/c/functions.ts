const inOut = "in out, which may be the list.";

function checked(name: string, operator: string): string {
  return `\
/* a ${operator} b. */
static int64_t ${name}(int64_t a, int64_t b, int *error)
{
    int64_t result;
    if (__builtin_${name.slice(0, 3)}_overflow(a, b, &result)) {
        return fail(F_OVERFLOW, error);
    }
    return result;
}`;
}

function extremum(name: string, operator: string): string {
  return `\
static int64_t ${name}(int64_t a, int64_t b)
{
    return a ${operator} b ? a : b;
}`;
}

/** The functions that emitted C brings along where it calls them. */
export const functions = {
  fail: `\
/* Keeps the first error; what computed it is not used. */
static int64_t fail(int code, int *error)
{
    if (!*error) {
        *error = code;
    }
    return 0;
}`,
  add: checked("add", "+"),
  subtract: checked("subtract", "-"),
  multiply: checked("multiply", "*"),
  floor_divide: `\
/* a / b, rounded down. */
static int64_t floor_divide(int64_t a, int64_t b, int *error)
{
    if (b == 0) {
        return fail(F_DIVISION, error);
    }
    if (b == -1 && a == INT64_MIN) {
        return fail(F_OVERFLOW, error);
    }
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}`,
  modulo: `\
/* What a division of a by b that rounds down leaves: it has the sign of b. */
static int64_t modulo(int64_t a, int64_t b, int *error)
{
    if (b == 0) {
        return fail(F_DIVISION, error);
    }
    const int64_t remainder = b == -1 ? 0 : a % b;
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}`,
  absolute: `\
static int64_t absolute(int64_t a, int *error)
{
    if (a == INT64_MIN) {
        return fail(F_OVERFLOW, error);
    }
    return a < 0 ? -a : a;
}`,
  min: extremum("min", "<"),
  max: extremum("max", ">"),
  place: `\
/* The index from the front; negative ones count from the end. */
static size_t place(size_t length, int64_t index, int *error)
{
    const int64_t front = index < 0 ? index + (int64_t)length : index;
    if (front < 0 || front >= (int64_t)length) {
        return (size_t)fail(F_INDEX, error);
    }
    return (size_t)front;
}`,
  at: `\
static int64_t at(const int64_t *list, size_t length, int64_t index, int *error)
{
    const size_t front = place(length, index, error);
    return *error ? 0 : list[front];
}`,
  sum: `\
static int64_t sum(const int64_t *list, size_t length, int *error)
{
    int64_t total = 0;
    for (size_t k = 0; k < length; k++) {
        total = add(total, list[k], error);
    }
    return total;
}`,
  argmax: `\
/* The first index of the largest number. */
static int64_t argmax(const int64_t *list, size_t length, int *error)
{
    size_t best = 0;
    if (length == 0) {
        return fail(F_INDEX, error);
    }
    for (size_t k = 1; k < length; k++) {
        if (list[k] > list[best]) {
            best = k;
        }
    }
    return (int64_t)best;
}`,
  contains: `\
static int contains(const int64_t *list, size_t length, int64_t value)
{
    for (size_t k = 0; k < length; k++) {
        if (list[k] == value) {
            return 1;
        }
    }
    return 0;
}`,
  equal: `\
static int equal(const int64_t *a, size_t a_length, const int64_t *b, size_t b_length)
{
    return a_length == b_length && (a_length == 0 || memcmp(a, b, a_length * sizeof *a) == 0);
}`,
  shift: `\
/* The list without its first number and with value behind its last, ${inOut} */
static int64_t *shift(int64_t *out, const int64_t *list, size_t length, int64_t value, int *error)
{
    if (length == 0) {
        fail(F_INDEX, error);
        return out;
    }
    memmove(out, list + 1, (length - 1) * sizeof *out);
    out[length - 1] = value;
    return out;
}`,
  append: `\
/* The list with value behind its last number, ${inOut} */
static int64_t *append(int64_t *out, const int64_t *list, size_t length, int64_t value)
{
    memmove(out, list, length * sizeof *out);
    out[length] = value;
    return out;
}`,
  add_at: `\
/* The list with value added to the number at the index, ${inOut} */
static int64_t *add_at(int64_t *out, const int64_t *list, size_t length, int64_t index,
                       int64_t value, int *error)
{
    const size_t front = place(length, index, error);
    if (*error) {
        return out;
    }
    memmove(out, list, length * sizeof *out);
    out[front] = add(out[front], value, error);
    return out;
}`,
  reverse: `\
/* The list from its last number to its first, ${inOut} */
static int64_t *reverse(int64_t *out, const int64_t *list, size_t length)
{
    for (size_t k = 0; k < length - k; k++) {
        const int64_t front = list[k];
        out[k] = list[length - 1 - k];
        out[length - 1 - k] = front;
    }
    return out;
}`,
};
