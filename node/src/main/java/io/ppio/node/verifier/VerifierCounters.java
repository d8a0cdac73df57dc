package io.ppio.node.verifier;

import java.util.concurrent.atomic.AtomicLong;

/// What a verifier counts. Safe for use by any number of tasks.
final class VerifierCounters {
  final AtomicLong receipts = new AtomicLong();
  final AtomicLong proofsAccepted = new AtomicLong();
  final AtomicLong proofsRefused = new AtomicLong();
  final AtomicLong lanesRefused = new AtomicLong();
  final AtomicLong reveals = new AtomicLong();
  final AtomicLong vouchersRefused = new AtomicLong();
}
