package dev.cortado.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that tells whole seconds, and a machine that stands still now and then. */
final class TimeEstimateTest {
    private static final long SECOND = 1_000_000_000;

    private final TimeEstimate estimate = new TimeEstimate();

    /** What is true, what is told, and what the wall clock says by the estimate's corrections. */
    private final class World {
        long truth;
        long monotonic;
        long wallOffset;

        World(long truth) {
            this.truth = truth;
            estimate.begin(told(), SECOND, monotonic);
            wallOffset = told() + SECOND / 2 - monotonic;
        }

        long told() {
            return Math.floorDiv(truth, SECOND) * SECOND;
        }

        void pass(long nanos, long partsPerMillion) {
            truth += nanos;
            monotonic += nanos + nanos / 1_000_000 * partsPerMillion;
        }

        void look() {
            wallOffset += estimate.correct(told(), SECOND, monotonic);
        }

        long error() {
            return truth - (wallOffset + monotonic);
        }
    }

    @Test
    void aTimeThatIsAsExpectedChangesNothing() {
        estimate.begin(1000 * SECOND, SECOND, 0);
        assertEquals(0, estimate.correct(1000 * SECOND, SECOND, SECOND / 2));
        assertEquals(0, estimate.correct(1003 * SECOND, SECOND, 3 * SECOND));
        assertEquals(0, estimate.correct(1003 * SECOND, SECOND, 3 * SECOND + SECOND / 2));
        assertEquals(0, estimate.correct(1004 * SECOND, SECOND, 3 * SECOND + SECOND / 2));
    }

    /** It was not at the begin of a second when it was first asked. */
    @Test
    void eachLookBringsItCloser() {
        World world = new World(1000 * SECOND + 900_000_000);
        Random random = new Random(1);
        long last = Math.abs(world.error());
        for (int i = 0; i < 100; i++) {
            world.pass(400_000_000 + random.nextLong(SECOND), 0);
            world.look();
            assertTrue(Math.abs(world.error()) <= last);
            last = Math.abs(world.error());
        }
        assertTrue(last < 50_000_000, last + " ns");
    }

    /** As stop and cont, a snapshot or a migration to a file make it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterTheMachineHasStoodStillItIsRightWithinASecond(long seed) {
        Random random = new Random(seed);
        World world = new World(random.nextLong(1L << 60));
        for (int i = 0; i < 10_000; i++) {
            world.pass(random.nextLong(2 * SECOND), random.nextLong(-100, 100));
            if (random.nextInt(5) == 0) {
                world.truth += random.nextLong(random.nextBoolean() ? 3 * SECOND : 1L << 50);
            }
            world.look();
            assertTrue(Math.abs(world.error()) <= SECOND, world.error() + " ns");
        }
    }

    /** A host whose clock is set, or another host. */
    @Test
    void aTimeThatGoesBackIsFollowed() {
        World world = new World(5000 * SECOND);
        world.pass(SECOND, 0);
        world.truth -= 1000 * SECOND;
        world.look();
        assertTrue(Math.abs(world.error()) <= SECOND, world.error() + " ns");
    }

    /** A counter whose speed was measured badly: a day is not a minute off. */
    @ParameterizedTest
    @ValueSource(longs = {-200, -50, 50, 200})
    void aClockThatGoesWrongIsCorrected(long partsPerMillion) {
        World world = new World(5000 * SECOND);
        for (int i = 0; i < 86_400; i++) {
            world.pass(SECOND, partsPerMillion);
            world.look();
            assertTrue(Math.abs(world.error()) <= SECOND, world.error() + " ns");
        }
    }

    /** An exact clock, as KVM's: a shorter stand-still is seen, too. */
    @Test
    void anExactClockIsFollowedExactly() {
        estimate.begin(1000 * SECOND, 1_000_000, 0);
        assertEquals(0, estimate.correct(1001 * SECOND, 1_000_000, SECOND));
        long moved = estimate.correct(1002 * SECOND + 50_000_000, 1_000_000, 2 * SECOND);
        assertEquals(50_000_000, moved, 1_000_000);
    }
}
