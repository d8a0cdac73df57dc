package io.ppio.check.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StepEffectsTest {
  private static final String CORE =
      """
      package io.ppio.incentive;
      interface KeyLane {
        sealed interface Effect {
          record Reveal(int window) implements Effect {}
          record Report() implements Effect {}
        }
        record Step(KeyLane next, List<Effect> effects) {}
        Step on(Event event);
      }
      """;
  private static final String ENUM_CORE =
      """
      package io.ppio.incentive;
      enum ContractState {
        PENDING;
        enum Effect { DROP, PLACE }
        record Step(ContractState next, List<Effect> effects) {}
        Step on(Event event) { return new Step(this, List.of()); }
      }
      """;
  private static final String RUN =
      """
      void run(KeyLane.Step step) {
        for (var effect : step.effects()) {
          switch (effect) {
            case KeyLane.Effect.Reveal(int window) -> reveal(window);
            case KeyLane.Effect.Report _ -> report();
          }
        }
      }
      """;

  private static List<String> messages(String core, String members) {
    Map<String, String> texts = new TreeMap<>();
    String name = core.equals(CORE) ? "KeyLane" : "ContractState";
    texts.put("incentive/src/main/java/io/ppio/incentive/" + name + ".java", core);
    texts.put(
        "node/src/main/java/io/ppio/node/Keeper.java",
        "package io.ppio.node; import io.ppio.incentive.KeyLane; class Keeper {\n" + members + "}");
    return StepEffects.check(JavaSource.parse(texts)).stream().map(Finding::message).toList();
  }

  @Test
  void effectsThatASwitchRunsAreFine() {
    assertEquals(
        List.of(),
        messages(
            CORE,
            RUN
                + """
                KeyLane take(KeyLane lane, Event event) {
                  KeyLane.Step step = lane.on(event);
                  run(step);
                  return step.next();
                }
                """));
  }

  @Test
  void aStepOfWhichOnlyTheNextStateIsAskedIsFound() {
    assertEquals(
        List.of("Keeper.take: the effects of lane.on(event) are dropped"),
        messages(
            CORE,
            RUN + "KeyLane take(KeyLane lane, Event event) { return lane.on(event).next(); }"));
    assertEquals(
        List.of("Keeper.take: the effects of 'step' are dropped"),
        messages(
            CORE,
            RUN
                + "KeyLane take(KeyLane lane, Event e) { var step = lane.on(e); return step.next(); }"));
    assertEquals(
        List.of("Keeper.take: the effects of 'step' are dropped"),
        messages(CORE, RUN + "KeyLane take(KeyLane.Step step) { return step.next(); }"));
  }

  @Test
  void aStepThatNobodyLooksAtIsFound() {
    assertEquals(
        List.of("Keeper.take: the step of lane.on(event) is dropped"),
        messages(CORE, RUN + "void take(KeyLane lane, Event event) { lane.on(event); }"));
    String another = "void on(Event event) {} ";
    assertEquals(
        List.of(),
        messages(CORE, RUN + another + "void take(Keeper lane, Event event) { lane.on(event); }"));
  }

  @Test
  void theNextOfAnythingElseIsFine() {
    assertEquals(
        List.of(), messages(CORE, RUN + "String walk(Iterator<String> it) { return it.next(); }"));
  }

  @Test
  void lookingForOneEffectIsFound() {
    assertEquals(
        List.of(
            "Keeper.serve: looks for one effect and drops the others",
            "Keeper.log: looks for one effect and drops the others"),
        messages(
            CORE,
            RUN
                + """
                boolean serve(KeyLane.Step step) {
                  return step.effects().contains(new KeyLane.Effect.Report());
                }
                boolean log(Object effect) {
                  return effect instanceof KeyLane.Effect.Reveal(int window) && window > 0;
                }
                """));
  }

  @Test
  void aSwitchWithADefaultOrAnEmptyCaseIsFound() {
    assertEquals(
        List.of(
            "Keeper.run: a switch over effects has a default",
            "Keeper.walk: a switch over effects does nothing for KeyLane.Effect.Report _"),
        messages(
            CORE,
            """
            void run(KeyLane.Effect effect) {
              switch (effect) {
                case KeyLane.Effect.Reveal(int window) -> reveal(window);
                default -> report();
              }
            }
            void walk(KeyLane.Effect effect) {
              switch (effect) {
                case KeyLane.Effect.Reveal(int window) -> reveal(window);
                case KeyLane.Effect.Report _ -> {}
              }
            }
            """));
  }

  @Test
  void effectsThatAreConstantsAreAllNamed() {
    assertEquals(
        List.of(),
        messages(
            ENUM_CORE,
            "void run(ContractState.Effect e) { switch (e) { case DROP -> drop(); case PLACE -> place(); } }"));
    assertEquals(
        List.of("Keeper.run: a switch over effects leaves out PLACE"),
        messages(
            ENUM_CORE, "void run(ContractState.Effect e) { switch (e) { case DROP -> drop(); } }"));
  }

  @Test
  void aFamilyThatNobodyRunsIsFound() {
    assertEquals(List.of("KeyLane.Effect: no switch runs its effects"), messages(CORE, ""));
    assertEquals(
        List.of("ContractState.Effect: no switch runs its effects"), messages(ENUM_CORE, ""));
  }
}
