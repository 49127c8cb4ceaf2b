/** The functions that emitted Rust brings along where it calls them. */
export const functions = {
  floor_divide: `\
/// a / b, rounded down.
fn floor_divide(a: i64, b: i64) -> Result<i64, &'static str> {
    if b == 0 {
        return Err(DIVISION);
    }
    let quotient = a.checked_div(b).ok_or(OVERFLOW)?;
    let remainder = a % b;
    Ok(if remainder != 0 && (remainder < 0) != (b < 0) { quotient - 1 } else { quotient })
}`,
  modulo: `\
/// What a division of a by b that rounds down leaves: it has the sign of b.
fn modulo(a: i64, b: i64) -> Result<i64, &'static str> {
    if b == 0 {
        return Err(DIVISION);
    }
    let remainder = a.wrapping_rem(b);
    Ok(if remainder != 0 && (remainder < 0) != (b < 0) { remainder + b } else { remainder })
}`,
  place: `\
/// The index from the front; negative ones count from the end.
fn place(length: usize, index: i64) -> Result<usize, &'static str> {
    let front = if index < 0 { index + length as i64 } else { index };
    if front < 0 || front >= length as i64 {
        return Err(INDEX);
    }
    Ok(front as usize)
}`,
  at: `\
fn at(list: &[i64], index: i64) -> Result<i64, &'static str> {
    Ok(list[place(list.len(), index)?])
}`,
  sum: `\
fn sum(list: &[i64]) -> Result<i64, &'static str> {
    list.iter().try_fold(0_i64, |total, &value| total.checked_add(value)).ok_or(OVERFLOW)
}`,
  argmax: `\
/// The first index of the largest number.
fn argmax(list: &[i64]) -> Result<i64, &'static str> {
    let largest = list.iter().max().ok_or(INDEX)?;
    list.iter().position(|value| value == largest).map(|k| k as i64).ok_or(INDEX)
}`,
  shift: `\
/// The list without its first number and with value behind its last.
fn shift(mut list: Vec<i64>, value: i64) -> Result<Vec<i64>, &'static str> {
    if list.is_empty() {
        return Err(INDEX);
    }
    list.remove(0);
    list.push(value);
    Ok(list)
}`,
  append: `\
/// The list with value behind its last number.
fn append(mut list: Vec<i64>, value: i64) -> Vec<i64> {
    list.push(value);
    list
}`,
  add_at: `\
/// The list with value added to the number at the index.
fn add_at(mut list: Vec<i64>, index: i64, value: i64) -> Result<Vec<i64>, &'static str> {
    let front = place(list.len(), index)?;
    list[front] = list[front].checked_add(value).ok_or(OVERFLOW)?;
    Ok(list)
}`,
  reverse: `\
/// The list from its last number to its first.
fn reverse(mut list: Vec<i64>) -> Vec<i64> {
    list.reverse();
    list
}`,
};
