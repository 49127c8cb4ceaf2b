/** The functions that emitted Python brings along where it calls them. */
export const functions = {
  shift: `\
def shift(a, e):
    """a without its first number and with e behind its last."""
    if not a:
        raise IndexError("shift of an empty list")
    return a[1:] + [e]`,
  add_at: `\
def add_at(a, i, e):
    """A copy of a with e added to the number at index i."""
    a = a[:]
    a[i] += e
    return a`,
  argmax: `\
def argmax(a):
    """The first index of the largest number."""
    return a.index(max(a))`,
};
