package io.ppio.data.object;

import io.ppio.env.Check;

/// How the segments of an object are stored: whole, in copies, or each cut into fragments (data and
/// proofs specification 3).
///
/// @param copies 1 to 10 of each segment or fragment
/// @param dataFragments n, 0 for whole segments
/// @param parityFragments m, 0 for whole segments and for a plain split
public record Redundancy(int copies, int dataFragments, int parityFragments) {
  /// Copies that an order may ask for.
  public static final int COPIES_MAX = 10;

  /// Fragments of a segment: the field has 256 elements.
  public static final int FRAGMENTS_MAX = 256;

  public Redundancy {
    Check.range(copies, 1, COPIES_MAX, "copies");
    Check.range(dataFragments, 0, FRAGMENTS_MAX - 1L, "data fragments");
    int parityMax = dataFragments == 0 ? 0 : FRAGMENTS_MAX - dataFragments;
    Check.range(parityFragments, 0, parityMax, "parity fragments");
  }

  /// Whole segments.
  public static Redundancy copies(int copies) {
    return new Redundancy(copies, 0, 0);
  }

  /// RS(n, m), each fragment once.
  public static Redundancy reedSolomon(int dataFragments, int parityFragments) {
    Check.positive(dataFragments, "data fragments");
    return new Redundancy(1, dataFragments, parityFragments);
  }

  /// Whether segments are cut into fragments.
  public boolean fragmented() {
    return dataFragments > 0;
  }

  /// Fragments of a segment, 0 for whole segments.
  public int fragments() {
    return dataFragments + parityFragments;
  }
}
