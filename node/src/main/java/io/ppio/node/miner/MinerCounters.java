package io.ppio.node.miner;

import java.util.concurrent.atomic.AtomicLong;

/// What a miner has done since its start. Safe for concurrent use.
final class MinerCounters {
  final AtomicLong piecesReceived = new AtomicLong();
  final AtomicLong piecesServed = new AtomicLong();
  final AtomicLong segmentsStaged = new AtomicLong();
  final AtomicLong segmentsSealed = new AtomicLong();
  final AtomicLong segmentsProven = new AtomicLong();
  final AtomicLong vouchers = new AtomicLong();
}
