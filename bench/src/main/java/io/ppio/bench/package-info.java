/// Benchmarks of whole paths and of kernels. Open [io.ppio.bench.BenchMain].
@NullMarked
package io.ppio.bench;

import org.jspecify.annotations.NullMarked;
