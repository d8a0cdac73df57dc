/// Sealing: every stored copy is a unique encoding of its segment (data and proofs specification,
/// section 4).
///
/// Open [io.ppio.data.seal.SealCodec]; [io.ppio.data.seal.ReplicaId] says whose encoding it is.
@NullMarked
package io.ppio.data.seal;

import org.jspecify.annotations.NullMarked;
