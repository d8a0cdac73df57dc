/// Talking to a user daemon over JSON-RPC. Open [io.ppio.api.sdk.DaemonClient].
@NullMarked
package io.ppio.api.sdk;

import org.jspecify.annotations.NullMarked;
