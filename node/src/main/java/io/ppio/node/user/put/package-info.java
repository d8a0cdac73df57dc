/// The upload of one object: read, encrypt, order, send, collect acknowledgements.
///
/// Open [io.ppio.node.user.put.PutJob]. Data and proofs specification 1.7; network specification 8.
@NullMarked
package io.ppio.node.user.put;

import org.jspecify.annotations.NullMarked;
