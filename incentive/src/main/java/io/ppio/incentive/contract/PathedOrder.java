package io.ppio.incentive.contract;

import io.ppio.crypto.message.Field;

/// An order and its place in the batch that its user signed.
public record PathedOrder(@Field(1) SegmentOrder order, @Field(2) OrderPath path) {}
