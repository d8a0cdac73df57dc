package io.ppio.network.transport;

/// Answers the requests of one method.
@FunctionalInterface
public interface Service {
  /// Answers `exchange`: one [Exchange#reply], or [Exchange#item]s and [Exchange#end], or
  /// [Exchange#refuse]; nothing for a one-way message.
  ///
  /// Runs on a task of its own that may block, and is interrupted when the peer cancels. A
  /// [Refused] is sent to the peer, a [io.ppio.crypto.canonical.MalformedMessage] becomes
  /// `BAD_REQUEST`, every other failure is logged and becomes `INTERNAL` without its text.
  void serve(Exchange exchange) throws Exception;
}
