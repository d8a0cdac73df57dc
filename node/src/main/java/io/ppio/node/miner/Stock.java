package io.ppio.node.miner;

/// What a miner keeps: the bytes of its copies, and the records of why it keeps them.
record Stock(Holdings holdings, ContractBook book) {}
