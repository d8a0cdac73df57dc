/// Benchmarks of whole paths and of kernels. Open [io.ppio.check.bench.BenchMain].
@NullMarked
package io.ppio.check.bench;

import org.jspecify.annotations.NullMarked;
