package dev.cortado.runtime.net.tcp.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.net.tcp.congestion.Cubic;
import dev.cortado.runtime.net.tcp.timing.RoundTripTime;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scoreboard beside one with a state a byte; and a whole sender fed with anything. */
final class ScoreboardTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void countsAreAsInTheModel(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 100; run++) {
            SentSegments board = new SentSegments(1000);
            byte[] model = new byte[20_000];
            int first = 1000;
            int last = 1000;
            for (int i = 0; i < 300 && last < 19_000; i++) {
                int choice = random.nextInt(6);
                if (choice == 0 || board.count() == 0) {
                    last += 1 + random.nextInt(50);
                    board.add(i, last);
                } else {
                    int segment = random.nextInt(board.count());
                    int start = (int) board.start(segment);
                    int end = (int) board.end(segment);
                    boolean sacked = board.is(segment, SentSegments.SACKED);
                    if (choice == 1) {
                        board.acknowledgeFirst(
                                board.first()
                                        + 1
                                        + random.nextInt((int) (board.end(0) - board.first())));
                        first = (int) board.first();
                    } else if (choice == 2 && !sacked) {
                        board.sack(segment);
                        set(model, start, end, SentSegments.SACKED);
                    } else if (choice == 3 && !sacked) {
                        board.lose(segment);
                        set(model, start, end, SentSegments.LOST);
                    } else if (choice == 4) {
                        // Of one that is not lost it is a probe.
                        int lost = board.is(segment, SentSegments.LOST) ? SentSegments.LOST : 0;
                        board.resend(i, segment);
                        if (!sacked) {
                            set(model, start, end, lost | SentSegments.RESENT);
                        }
                    } else if (choice == 5) {
                        board.split(segment, start + random.nextInt(end - start));
                    }
                }
                check(board, model, first, last);
            }
            board.forgetLosses();
            board.forgetSacks();
            assertEquals(last - first, board.pipe());
        }
    }

    private static void set(byte[] model, int start, int end, int value) {
        for (int i = start; i < end; i++) {
            model[i] = (byte) value;
        }
    }

    private static void check(SentSegments board, byte[] model, int first, int last) {
        int sacked = 0;
        int lost = 0;
        int pipe = 0;
        for (int i = first; i < last; i++) {
            sacked += model[i] == SentSegments.SACKED ? 1 : 0;
            lost += (model[i] & SentSegments.LOST) != 0 ? 1 : 0;
            pipe += (model[i] & (SentSegments.SACKED | SentSegments.LOST)) == 0 ? 1 : 0;
            pipe += (model[i] & SentSegments.RESENT) != 0 ? 1 : 0;
        }
        assertEquals(first, board.first());
        assertEquals(last, board.last());
        assertEquals(sacked, board.sackedBytes());
        assertEquals(lost, board.lostBytes());
        assertEquals(pipe, board.pipe());
        for (int i = 0; i < board.count(); i++) {
            assertEquals(i, board.find(board.start(i)));
            assertEquals(i, board.find(board.end(i) - 1));
        }
    }

    /** Acknowledgements that no receiver would send, in any order, and timers at any time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nonsenseLeavesTheSenderSound(long seed) {
        Random random = new Random(seed);
        Acknowledgement ack = new Acknowledgement();
        for (int run = 0; run < 200; run++) {
            RoundTripTime roundTrip = new RoundTripTime();
            LossRecovery recovery = new LossRecovery(new Cubic(100), roundTrip, 100, 0);
            recovery.setSelective(random.nextInt(4) != 0);
            long now = 1_000_000_000;
            long first = 0;
            long last = 0;
            for (int i = 0; i < 500; i++) {
                now += random.nextInt(1 << random.nextInt(31));
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        if (!recovery.isFull()) {
                            last += 1 + random.nextInt(100);
                            recovery.sent(now, last);
                        }
                    }
                    case 2 -> {
                        int lost = recovery.nextLost();
                        if (lost != LossRecovery.NONE) {
                            recovery.resent(now, lost, random.nextInt());
                        }
                    }
                    case 3 -> expire(recovery, now);
                    default -> {
                        first += random.nextInt((int) Math.min(200, last - first) + 1);
                        ack.begin(now, first);
                        ack.blockCount = random.nextInt(5);
                        for (int j = 0; j < 2 * ack.blockCount; j++) {
                            ack.blocks[j] = last - 1500 + random.nextInt(1600);
                        }
                        ack.mayBeDuplicate = random.nextBoolean();
                        ack.limited = random.nextBoolean();
                        ack.hasEcho = random.nextInt(3) == 0;
                        ack.echo = random.nextInt();
                        ack.echoAge = 1 + random.nextInt(1_000_000_000);
                        recovery.acknowledged(ack);
                    }
                }
                // A probe is under way besides what it is one of.
                assertTrue(recovery.pipe() >= 0 && recovery.pipe() <= 2 * (last - first));
                assertEquals(first == last, recovery.isIdle());
                assertTrue(roundTrip.timeout() > 0);
            }
            ack.begin(now, last);
            recovery.acknowledged(ack);
            assertTrue(recovery.isIdle());
            assertEquals(0, recovery.pipe());
            assertEquals(Long.MAX_VALUE, recovery.deadline());
        }
    }

    /** Whatever has been, after a timeout the first segment can go. */
    private static void expire(LossRecovery recovery, long now) {
        switch (recovery.timerExpired(now)) {
            case PROBE -> {
                recovery.resent(now, recovery.lastSegment(), (int) now);
                recovery.probed(now, true);
            }
            case TIMEOUT -> {
                assertEquals(0, recovery.pipe());
                assertEquals(0, recovery.nextLost());
            }
            case NONE, RESEND -> {}
        }
    }
}
