package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage.Event;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a disk may have on it if the machine ends at some point: all that was written before the
 * last flush, and of what was written since, anything: all of it, or some requests and not others,
 * in any order, of some a few sectors only.
 */
public final class CrashStates {
    private static final int SECTOR_BYTES = 512;

    private final byte[] atStart;
    private final List<Event> log;

    public CrashStates(byte[] atStart, List<Event> log) {
        this.atStart = atStart;
        this.log = log;
    }

    /** Tells what is wrong with a disk; null if nothing is. */
    @FunctionalInterface
    public interface Check {
        String defect(MemoryStorage crashed, int events);
    }

    /**
     * Checks a number of states; the points are spread over the whole log.
     *
     * @return what was wrong with the first that failed, and which it is; null if none has
     */
    public String check(int states, Check check) {
        byte[] durable = atStart.clone();
        List<Write> volatileWrites = new ArrayList<>();
        int done = 0;
        for (int events = 0; events <= log.size(); events++) {
            long until = (long) states * (events + 1) / (log.size() + 1);
            for (; done < until; done++) {
                MemoryStorage crashed =
                        MemoryStorage.of(state(durable, volatileWrites, new Random(done)));
                String defect = check.defect(crashed, events);
                if (defect != null) {
                    return "state " + done + ", after " + events + " events: " + defect;
                }
            }
            if (events < log.size()) {
                switch (log.get(events)) {
                    case Write write -> volatileWrites.add(write);
                    case MemoryStorage.Flush _ -> {
                        volatileWrites.forEach(write -> apply(durable, write));
                        volatileWrites.clear();
                    }
                }
            }
        }
        return null;
    }

    private static byte[] state(byte[] durable, List<Write> writes, Random random) {
        byte[] state = durable.clone();
        switch (random.nextInt(4)) {
            case 0 -> writes.forEach(write -> apply(state, write));
            case 1 -> applySome(state, writes, random);
            default -> {
                List<Write> shuffled = new ArrayList<>();
                writes.forEach(write -> split(write, shuffled));
                Collections.shuffle(shuffled, random);
                applySome(state, shuffled, random);
            }
        }
        return state;
    }

    private static void applySome(byte[] state, List<Write> writes, Random random) {
        int kept = random.nextInt(1, 8);
        for (Write write : writes) {
            if (random.nextInt(8) < kept) {
                apply(state, write);
            }
        }
    }

    private static void split(Write write, List<Write> sectors) {
        for (int at = 0; at < write.bytes().length; at += SECTOR_BYTES) {
            byte[] sector = Arrays.copyOfRange(write.bytes(), at, at + SECTOR_BYTES);
            sectors.add(new Write(write.position() + at, sector));
        }
    }

    private static void apply(byte[] disk, Write write) {
        System.arraycopy(write.bytes(), 0, disk, (int) write.position(), write.bytes().length);
    }
}
