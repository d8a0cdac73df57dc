/// Who a node and an account are: keys, peer ids, addresses, signatures, key files.
///
/// Open [io.ppio.crypto.identity.NodeIdentity] for a node, [io.ppio.crypto.identity.Keystore] for a
/// wallet. All values are immutable and safe for use by any number of tasks; private keys are
/// cleared by their owner. Interface specification, section 6; network specification, section 1.1;
/// consensus specification, section 2.2.
@NullMarked
package io.ppio.crypto.identity;

import org.jspecify.annotations.NullMarked;
