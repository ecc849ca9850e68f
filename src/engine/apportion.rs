//! Largest-remainder apportionment with caps (Hamilton 1792).

/// Splits `total` by `weights`, no part above its cap: LR of engine.md, section 3.
///
/// `weights` and `caps` have one entry a part; the result too, in the same
/// order, summing to the smaller of `total` and the sum of caps. Parts whose
/// quotient reaches their cap take it and leave; then the rest is split again.
/// Equal remainders go to the lower index. All weights zero count as all one.
///
/// # Panics
/// If `weights` and `caps` differ in length.
///
/// ```
/// use double_random::engine::apportion::apportion;
/// assert_eq!(apportion(10, &[6, 3, 1], &[3, 9, 9]), [3, 5, 2]);
/// ```
#[must_use]
pub fn apportion(total: u64, weights: &[u64], caps: &[u32]) -> Vec<u32> {
    assert_eq!(
        weights.len(),
        caps.len(),
        "a weight and a cap for each part"
    );
    let mut parts = vec![0; caps.len()];
    let mut left = total.min(caps.iter().map(|cap| u64::from(*cap)).sum());
    let mut open: Vec<usize> = (0..caps.len()).filter(|part| caps[*part] > 0).collect();
    // Each round closes a part or is the last.
    while !open.is_empty() {
        let shares = divide(left, weights, &open);
        let (closed, still): (Vec<usize>, Vec<usize>) =
            (0..open.len()).partition(|at| shares[*at].0 >= u64::from(caps[open[*at]]));
        if closed.is_empty() {
            hand_out(left, &open, &shares, &mut parts);
            break;
        }
        for at in closed {
            parts[open[at]] = caps[open[at]];
            left -= u64::from(caps[open[at]]);
        }
        open = still.into_iter().map(|at| open[at]).collect();
    }
    parts
}

/// Quotient and remainder of each open part.
fn divide(left: u64, weights: &[u64], open: &[usize]) -> Vec<(u64, u128)> {
    let all_zero = open.iter().all(|part| weights[*part] == 0);
    let weight = |part: &usize| {
        if all_zero {
            1
        } else {
            u128::from(weights[*part])
        }
    };
    let sum: u128 = open.iter().map(weight).sum();
    let split = |part| {
        let product = u128::from(left) * weight(part);
        ((product / sum) as u64, product % sum)
    };
    open.iter().map(split).collect()
}

/// Gives each open part its quotient, and what is left to the largest remainders.
fn hand_out(left: u64, open: &[usize], shares: &[(u64, u128)], parts: &mut [u32]) {
    let given: u64 = shares.iter().map(|share| share.0).sum();
    let mut order: Vec<usize> = (0..open.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(shares[*at].1), *at));
    for (part, share) in open.iter().zip(shares) {
        // A quotient below a cap fits the cap's type.
        parts[*part] = share.0 as u32;
    }
    for at in order.into_iter().take((left - given) as usize) {
        parts[open[at]] += 1;
    }
}
