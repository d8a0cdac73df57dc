package io.ppio.node.user;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PublicKey;
import io.ppio.incentive.contract.Content;
import io.ppio.node.user.api.UserFailure;
import io.ppio.node.user.index.IndexEntry;
import io.ppio.node.user.index.ObjectIndex;
import io.ppio.node.user.index.SegmentCopies;
import io.ppio.node.user.index.SegmentCopies.Copy;
import io.ppio.node.user.index.StoredObject;
import io.ppio.node.user.put.OwnOrders;
import io.ppio.node.user.put.PutSettings;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Tells which contracts of an object are ours: the placement of bytes is public, and strangers may
/// order copies of the same. Safe for concurrent use.
final class OwnContracts {
  private final Hash chainId;
  private final Account account;
  private final ObjectIndex index;
  private final ObjectStates states;

  OwnContracts(Hash chainId, Account account, ObjectIndex index, ObjectStates states) {
    this.chainId = chainId;
    this.account = account;
    this.index = index;
    this.states = states;
  }

  /// The contracts of an object that this account may end, by segment.
  List<List<Hash>> contracts(IndexEntry entry) throws UserFailure {
    return ours(entry, states.copies(entry)).stream()
        .map(segment -> segment.copies().stream().map(Copy::contract).toList())
        .toList();
  }

  /// Leaves out what an earlier version took from strangers into the index.
  List<SegmentCopies> ours(IndexEntry entry, List<SegmentCopies> copies) throws UserFailure {
    List<Segment> own = segments(entry);
    List<SegmentCopies> ours = new ArrayList<>();
    for (SegmentCopies segment : copies) {
      int at = ours.size();
      ours.add(
          at >= own.size()
              ? segment
              : new SegmentCopies(segment.copies().stream().filter(own.get(at)::has).toList()));
    }
    return ours;
  }

  /// One segment, by whose order its contracts are told apart.
  record Segment(IndexEntry entry, OwnOrders orders, int segment, StoredObject.Segment stored) {
    /// Which generation of a copy a contract is; empty when it is a stranger's.
    OptionalInt generation(Hash contract, int copy, Account miner) {
      return orders.generation(
          segment,
          Content.of(stored.chunkHash(), stored.size(), stored.root()),
          new OwnOrders.Claim(contract, copy, miner));
    }

    private boolean has(Copy copy) {
      return generation(copy.contract(), copy.number(), new PublicKey(copy.miner()).account())
          .isPresent();
    }
  }

  /// What tells our contracts by segment; empty while the segments are not known.
  List<Segment> segments(IndexEntry entry) throws UserFailure {
    Optional<StoredObject> stored = index.stored(entry.objectId().orElseThrow());
    if (stored.isEmpty()) {
      return List.of();
    }
    OwnOrders orders = orders(entry, stored.get().profile());
    List<Segment> own = new ArrayList<>();
    for (StoredObject.Segment segment : stored.get().segments()) {
      own.add(new Segment(entry, orders, own.size(), segment));
    }
    return own;
  }

  private OwnOrders orders(IndexEntry entry, int profile) {
    PutSettings settings =
        new PutSettings(
            entry.objectId().orElseThrow(),
            entry.length(),
            0,
            entry.copies(),
            new BigInteger(entry.chiprice()),
            entry.created().getEpochSecond(),
            entry.expires().orElseThrow().getEpochSecond());
    return new OwnOrders(chainId, account, settings, profile);
  }
}
