// The plain loop that benchmarks/kernels.mjs compares with: interprets each expression on each row.
// Input: five i32 (expressions, tokens, inputs, rows, width), then ends, tokens and the input columns
// row by row. The second argument n has every n-th expression evaluated only. Prints the seconds of
// processor time of one round, the number of expressions, then a hash over all values.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

enum { NEGATE, ABS, NOT, ADD, SUBTRACT, MULTIPLY, FLOOR_DIVIDE, MODULO, MIN, MAX, EQUAL, LESS, AND, OR, XOR, IF };

template <typename T> static T interpret(const int32_t *token, const int32_t *end, const T *row, bool &valid) {
  T stack[64];
  T *top = stack;
  for (; token < end; token++) {
    if (*token >= 0) {
      *top++ = row[*token];
      continue;
    }
    T b = top[-1];
    switch (~*token) {
    case NEGATE: top[-1] = -b; break;
    case ABS: top[-1] = b < 0 ? -b : b; break;
    case NOT: top[-1] = b == 0; break;
    case ADD: top--; top[-1] += b; break;
    case SUBTRACT: top--; top[-1] -= b; break;
    case MULTIPLY: top--; top[-1] *= b; break;
    case FLOOR_DIVIDE:
    case MODULO: {
      if (b == 0) { valid = false; return 0; }
      top--;
      T a = top[-1], q = a / b, r = a % b;
      if (r != 0 && (a < 0) != (b < 0)) { q--; r += b; }
      top[-1] = ~*token == MODULO ? r : q;
      break;
    }
    case MIN: top--; if (b < top[-1]) top[-1] = b; break;
    case MAX: top--; if (b > top[-1]) top[-1] = b; break;
    case EQUAL: top--; top[-1] = top[-1] == b; break;
    case LESS: top--; top[-1] = top[-1] < b; break;
    case AND: top--; top[-1] = top[-1] != 0 && b != 0; break;
    case OR: top--; top[-1] = top[-1] != 0 || b != 0; break;
    case XOR: top--; top[-1] ^= b; break;
    default: top -= 2; top[-1] = top[-1] != 0 ? top[0] : top[1];
    }
  }
  return top[-1];
}

template <typename T> static void run(FILE *file, int count, int tokens, int inputs, int rows, int step) {
  std::vector<int32_t> ends(count), code(tokens);
  std::vector<T> data(size_t(inputs) * rows);
  if (fread(ends.data(), 4, count, file) != size_t(count) || fread(code.data(), 4, tokens, file) != size_t(tokens) ||
      fread(data.data(), sizeof(T), data.size(), file) != data.size()) {
    fprintf(stderr, "input is too short\n");
    return;
  }
  uint64_t total = 0;
  int evaluated = 0;
  clock_t start = clock();
  for (int i = 0; i < count; i += step, evaluated++) {
    const int32_t *from = code.data() + (i ? ends[i - 1] : 0), *to = code.data() + ends[i];
    uint64_t hash = 0;
    bool valid = true;
    for (int row = 0; row < rows && valid; row++)
      hash = hash * 0x9e3779b97f4a7c15u + uint64_t(interpret<T>(from, to, data.data() + size_t(row) * inputs, valid));
    if (valid) total += hash ^ hash >> 32;
  }
  double seconds = double(clock() - start) / CLOCKS_PER_SEC;
  printf("%.9f %d %llu\n", seconds, evaluated, (unsigned long long)total);
}

int main(int, char **argv) {
  FILE *file = fopen(argv[1], "rb");
  int32_t sizes[5];
  if (!file || fread(sizes, 4, 5, file) != 5) return 1;
  int step = atoi(argv[2]);
  if (sizes[4] == 32) run<int32_t>(file, sizes[0], sizes[1], sizes[2], sizes[3], step);
  else run<int64_t>(file, sizes[0], sizes[1], sizes[2], sizes[3], step);
}
