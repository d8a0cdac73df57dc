package io.ppio.incentive.contract;

import io.ppio.crypto.hash.Hash;
import io.ppio.crypto.hash.ListRoot;
import io.ppio.crypto.identity.Account;
import io.ppio.crypto.identity.PrivateKey;
import io.ppio.crypto.identity.Signature;
import java.util.List;
import java.util.stream.IntStream;

/// The orders of one object under one signature of their user: `TH("ppio/order/1", root)` over the
/// list root of the orders. Each order travels with its path, so that none names the others.
///
/// @param orders at least one, of one user
/// @param signature the user's, over the root
public record OrderBatch(List<SegmentOrder> orders, Signature signature) {
  private static final String TAG = "ppio/order/1";

  public OrderBatch {
    orders = List.copyOf(orders);
    io.ppio.env.Check.range(orders.size(), 1, OrderPath.COUNT_MAX, "orders in the batch");
  }

  /// Signs `orders`, at least one, with their user's key.
  public static OrderBatch sign(List<SegmentOrder> orders, PrivateKey key) {
    return new OrderBatch(orders, key.sign(digest(ListRoot.root(leaves(orders)))));
  }

  private static List<Hash> leaves(List<SegmentOrder> orders) {
    return orders.stream().map(SegmentOrder::hash).toList();
  }

  private static Hash digest(Hash root) {
    return Hash.tagged(TAG, root.toArray());
  }

  /// Every order with its path.
  public List<PathedOrder> pathed() {
    List<Hash> leaves = leaves(orders);
    return IntStream.range(0, orders.size())
        .mapToObj(i ->
            new PathedOrder(
                orders.get(i), new OrderPath(i, orders.size(), ListRoot.path(leaves, i))))
        .toList();
  }

  /// Whether the account that `pathed` names as its user made `signature` over a batch that
  /// contains it.
  public static boolean isSigned(PathedOrder pathed, Signature signature) {
    Account user = pathed.order().user();
    Hash leaf = pathed.order().hash();
    Hash root = pathed.path().rootFrom(leaf);
    return pathed.path().proves(leaf, root) && signature.isBy(user, digest(root));
  }
}
