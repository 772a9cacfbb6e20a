package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.benchmarks.CardsBenchmark.Rates;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardsBenchmarkTest {
    private static List<Rates> round(double e1000e) {
        return List.of(
                new Rates(NetworkCard.VIRTIO, 800, 200),
                new Rates(NetworkCard.VMXNET3, 600, 200),
                new Rates(NetworkCard.E1000E, e1000e, 100));
    }

    private static List<Result> results(double e1000e) {
        return CardsBenchmark.results(List.of(round(e1000e)));
    }

    @Test
    void aRoundOnABusyMachineDecidesNothing() {
        List<Result> results = CardsBenchmark.results(List.of(round(400), round(4), round(404)));
        assertEquals(0.5, results.get(1).ours());
        assertEquals(400, results.get(4).ours());
    }

    @Test
    void cardsAreComparedByWhatTheyAreToVirtioAndNotByWhatTheServersAre() {
        List<Result> results = results(400);
        assertEquals("cards_vmxnet3_quotient", results.get(0).name());
        assertEquals(0.75, results.get(0).ours());
        assertEquals(1, results.get(0).peer());
        assertFalse(results.get(0).ok());
        assertEquals("cards_e1000e_quotient", results.get(1).name());
        assertEquals(1, results.get(1).judged());
        assertTrue(results.get(1).ok());
    }

    @Test
    void nineTenthsAreEnough() {
        assertTrue(results(361).get(1).ok());
        assertFalse(results(359).get(1).ok());
    }

    @Test
    void nothingIsAskedOfTheRatesThemselves() {
        List<Result> rates = results(1).subList(2, 5);
        assertEquals(
                List.of("cards_virtio_requests", "cards_vmxnet3_requests", "cards_e1000e_requests"),
                rates.stream().map(Result::name).toList());
        assertTrue(rates.stream().allMatch(Result::ok));
    }
}
