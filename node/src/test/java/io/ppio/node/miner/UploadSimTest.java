package io.ppio.node.miner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ppio.crypto.identity.PeerId;
import io.ppio.crypto.statement.SignedStatement;
import io.ppio.env.Bytes;
import io.ppio.env.Tasks;
import io.ppio.incentive.contract.Ack;
import io.ppio.incentive.contract.Match;
import io.ppio.network.transfer.CopyFrom;
import io.ppio.network.transfer.GetPieces;
import io.ppio.network.transfer.PieceSet;
import io.ppio.network.transfer.PutAbort;
import io.ppio.network.transfer.PutCommit;
import io.ppio.network.transfer.PutOpen;
import io.ppio.network.transfer.PutPiece;
import io.ppio.network.transfer.ReadMode;
import io.ppio.network.transfer.TransferCodec;
import io.ppio.network.transport.CallFailed;
import io.ppio.network.transport.CallOptions;
import io.ppio.network.transport.ItemStream;
import io.ppio.network.wire.Method;
import io.ppio.network.wire.Status;
import io.ppio.node.fixtures.TestNetwork;
import io.ppio.node.fixtures.TestSegment;
import io.ppio.node.host.NodeHost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A miner takes copies from users, honest or not.
class UploadSimTest {
  private final TestSegment plain = TestSegment.of(3, 1);

  /// A user's side of one upload.
  record Upload(
      MinerWorld network, NodeHost host, TestSegment plain, SignedStatement<Match> match) {
    Bytes id() {
      return PutOpen.uploadId(match.body().contractId());
    }

    Bytes call(Method method, Bytes body) throws Exception {
      return host.peers().call(network.contact(), method, body, CallOptions.DEFAULT).body();
    }

    PieceSet open() throws Exception {
      PutOpen open =
          new PutOpen(
              id(),
              match.body().contractId(),
              plain.segment(),
              plain.size(),
              plain.tree().root(),
              plain.leaves(),
              List.of(),
              1,
              Bytes.of(match.encode()));
      return TransferCodec.decode(PutOpen.Answer.class, call(Method.PUT_OPEN, open.encode()))
          .have();
    }

    void piece(int piece, Bytes content) throws Exception {
      host.peers()
          .call(
              network.contact(),
              Method.PUT_PIECE,
              new PutPiece(id(), piece, Bytes.EMPTY).encode(),
              CallOptions.DEFAULT.payload(content.buffer()));
    }

    void pieces() throws Exception {
      for (int piece = 0; piece < plain.tiles().size(); piece++) {
        piece(piece, plain.tiles().get(piece));
      }
    }

    Bytes commit() throws Exception {
      return TransferCodec.decode(
              PutCommit.Answer.class, call(Method.PUT_COMMIT, new PutCommit(id()).encode()))
          .stageAck();
    }

    void all() throws Exception {
      open();
      pieces();
      commit();
    }

    void abort() throws Exception {
      call(Method.PUT_ABORT, new PutAbort(id(), 0).encode());
    }
  }

  @FunctionalInterface
  private interface Act {
    void run() throws Exception;
  }

  private static void refused(Status status, Act act) {
    assertEquals(status, assertThrows(CallFailed.class, act::run).status());
  }

  @Test
  void aCommitGivesTheSameAcknowledgementHoweverOftenAndAfterRestarts() {
    try (MinerWorld network = new MinerWorld(1)) {
      network.start();
      Bytes[] first = new Bytes[1];
      network.peer(
          "user",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            upload.open();
            upload.pieces();
            first[0] = upload.commit();
            Ack.Staged ack = Ack.Staged.decode(first[0].toArray()).body();
            assertEquals(plain.tree().root(), ack.root());
            assertEquals(first[0], upload.commit());
          });
      network.restart();
      network.peer(
          "user",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            assertEquals(first[0], upload.commit());
            assertEquals(PieceSet.first(3), upload.open());
            assertEquals(first[0], upload.commit());
          });
    }
  }

  @Test
  void aWrongPieceIsRefusedAndTheRightOnesAreKept() {
    try (MinerWorld network = new MinerWorld(2)) {
      network.start();
      network.peer(
          "user",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            upload.open();
            upload.piece(1, plain.tiles().get(1));
            refused(Status.CORRUPT, () -> upload.piece(0, plain.tiles().get(1)));
            refused(Status.BAD_REQUEST, () -> upload.piece(3, plain.tiles().get(0)));
            refused(Status.BAD_REQUEST, () -> upload.piece(0, Bytes.of((byte) 1)));
            refused(Status.UNAVAILABLE, upload::commit);
            PieceSet have = upload.open();
            assertFalse(have.has(0));
            assertTrue(have.has(1));
          });
    }
  }

  @Test
  void onlyContractsOfThisMinerUnderAnIndexersSignatureAreTaken() {
    try (MinerWorld network = new MinerWorld(3)) {
      network.start();
      PeerId miner = network.minerId();
      network.peer(
          "user",
          host -> {
            for (SignedStatement<Match> match :
                List.of(
                    network.match(plain, miner, TestNetwork.key("stranger")),
                    network.match(plain, TestNetwork.key("other").peerId(), network.indexer))) {
              Upload upload = new Upload(network, host, plain, match);
              refused(Status.CONTRACT_INVALID, upload::open);
            }
            TestSegment other = TestSegment.of(3, 9);
            Upload unlike = new Upload(network, host, other, network.match(plain));
            refused(Status.CONTRACT_INVALID, unlike::open);
            refused(Status.NOT_FOUND, () -> unlike.piece(0, other.tiles().get(0)));
            refused(Status.NOT_FOUND, unlike::commit);
          });
    }
  }

  @Test
  void onlyWhoOpenedAnUploadCallsItOff() {
    try (MinerWorld network = new MinerWorld(4)) {
      network.start();
      network.peer(
          "user",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            upload.open();
            upload.piece(2, plain.tiles().get(2));
          });
      network.peer(
          "stranger",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            refused(Status.FORBIDDEN, upload::abort);
          });
      network.peer(
          "user",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            assertTrue(upload.open().has(2));
            upload.abort();
            assertFalse(upload.open().has(2));
          });
    }
  }

  @Test
  void aCopyThatWillNotFitIntoThePlotIsRefused() {
    try (MinerWorld network = new MinerWorld(5)) {
      network.start();
      network.peer(
          "user",
          host -> {
            TestSegment large = TestSegment.of(MinerWorld.PLOT_TILES - 1, 2);
            Upload first = new Upload(network, host, large, network.match(large));
            first.open();
            Upload second = new Upload(network, host, plain, network.match(plain));
            refused(Status.OVERLOADED, second::open);
            first.open();
            first.pieces();
            first.commit();
            refused(Status.OVERLOADED, second::open);
            TestSegment one = TestSegment.of(1, 3);
            new Upload(network, host, one, network.match(one)).open();
          });
    }
  }

  @Test
  void copiesThatComeAtOnceShareThePlace() {
    try (MinerWorld network = new MinerWorld(8)) {
      network.start();
      network.peer(
          "user",
          host -> {
            List<Status> refusals = new ArrayList<>();
            try (Tasks tasks = host.env().tasks("uploads")) {
              for (int number = 0; number < 4; number++) {
                TestSegment half = TestSegment.of(MinerWorld.PLOT_TILES / 2, 20 + number);
                Upload upload = new Upload(network, host, half, network.match(half));
                tasks.fork(
                    "upload",
                    () -> {
                      try {
                        upload.open();
                      } catch (CallFailed e) {
                        refusals.add(e.status());
                      }
                    });
              }
              tasks.join();
            }
            assertEquals(List.of(Status.OVERLOADED, Status.OVERLOADED), refusals);
          });
    }
  }

  @Test
  void onlyAnIndexerHasCopiesMade() {
    try (MinerWorld network = new MinerWorld(6)) {
      network.start();
      network.peer(
          "user",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            CopyFrom request =
                new CopyFrom(
                    plain.segment(),
                    network.contact(),
                    upload.match().body().contractId(),
                    Bytes.of(upload.match().encode()));
            refused(Status.FORBIDDEN, () -> upload.call(Method.COPY_FROM, request.encode()));
          });
    }
  }

  @Test
  void plainPiecesGoToMinersWithAContractForThem() {
    try (MinerWorld network = new MinerWorld(7)) {
      network.start();
      network.peer(
          "taker",
          host -> {
            Upload upload = new Upload(network, host, plain, network.match(plain));
            upload.open();
            upload.pieces();
            upload.commit();
            SignedStatement<Match> own = network.match(plain, host.id(), network.indexer);
            assertEquals(
                List.of(plain.tiles().get(2), plain.tiles().get(0)), read(network, host, own));
            refused(Status.FORBIDDEN, () -> read(network, host, upload.match()));
          });
    }
  }

  private List<Bytes> read(MinerWorld network, NodeHost host, SignedStatement<Match> token)
      throws Exception {
    GetPieces request =
        new GetPieces(
            plain.segment(),
            List.of(2, 0),
            List.of(),
            ReadMode.PLAIN,
            Bytes.of(token.encode()),
            false,
            GetPieces.Range.ALL);
    List<Bytes> pieces = new java.util.ArrayList<>();
    try (ItemStream items =
        host.peers().stream(
            network.contact(), Method.GET_PIECES, request.encode(), CallOptions.DEFAULT)) {
      for (var next = items.next(); next.isPresent(); next = items.next()) {
        assertEquals(
            Status.OK, TransferCodec.decode(GetPieces.Item.class, next.get().body()).status());
        byte[] bytes = new byte[next.get().payload().remaining()];
        next.get().payload().get(bytes);
        pieces.add(Bytes.of(bytes));
      }
    }
    return pieces;
  }
}
