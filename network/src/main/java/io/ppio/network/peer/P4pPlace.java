package io.ppio.network.peer;

import io.ppio.crypto.message.Field;

/// Where in the world and in whose network a node is: the `P4PPeerInfo` of the PPIO documents.
///
/// All numbers are unsigned and come from the P4P map; 0 is unknown.
public record P4pPlace(
    @Field(1) int countryId, @Field(2) int ispId, @Field(3) int stateId, @Field(4) int cityId) {
  /// Nothing is known.
  public static final P4pPlace UNKNOWN = new P4pPlace(0, 0, 0, 0);
}
