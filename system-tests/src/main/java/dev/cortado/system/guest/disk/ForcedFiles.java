package dev.cortado.system.guest.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The files of a writer who forces all that he writes: logs of records, of which the last two are
 * kept, and values, each of which takes the place of an older one.
 *
 * @param writer his number
 */
public record ForcedFiles(Path directory, int writer) {
    /** Records in each log. */
    static final int IN_A_LOG = 32;

    /** One value for so many records. */
    static final int RECORDS_A_VALUE = 4;

    private static final int VALUES = 8;

    /** Values are other bytes than records. */
    private static final int OF_A_VALUE = 1000;

    private static final String LOG = "log-";

    /**
     * What a writer has written.
     *
     * @param records how many
     * @param end of the last one, in its log
     * @param values how many have found their place
     */
    public record State(int records, long end, int values) {}

    /** Of a record, which are counted from 1. */
    Path log(int record) {
        return directory.resolve(LOG + (record - 1) / IN_A_LOG);
    }

    /** Of a value, which are counted from 1. */
    Path value(int number) {
        return directory.resolve("value-" + number % VALUES);
    }

    byte[] recordBytes(int number) {
        return ForcedRecord.of(writer, number);
    }

    byte[] valueBytes(int number) {
        return ForcedRecord.of(writer + OF_A_VALUE, number);
    }

    /**
     * Reads them all.
     *
     * @throws AssertionError something is not as it can be, wherever the writer was cut short
     */
    public State read() throws IOException {
        Files.createDirectories(directory);
        int last = lastLog();
        if (last > 0) {
            check(whole(last - 1).records() == last * IN_A_LOG, "the log before the last one");
        }
        State log = last < 0 ? new State(0, 0, 0) : whole(last);
        return new State(log.records(), log.end(), values(log.records()));
    }

    private int lastLog() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(LOG))
                    .mapToInt(name -> Integer.parseInt(name.substring(LOG.length())))
                    .max()
                    .orElse(-1);
        }
    }

    /** Up to the first record that is not whole. */
    private State whole(int log) throws IOException {
        int record = log * IN_A_LOG;
        byte[] bytes = Files.readAllBytes(log(record + 1));
        int end = 0;
        int length = ForcedRecord.length(writer, record + 1, bytes, end);
        while (length >= 0) {
            record++;
            end += length;
            length = ForcedRecord.length(writer, record + 1, bytes, end);
        }
        return new State(record, end, 0);
    }

    /** The last one may be on its way, if no record was begun after it. */
    private int values(int records) throws IOException {
        int due = records / RECORDS_A_VALUE;
        boolean isDone = due == 0 || records % RECORDS_A_VALUE > 0 || isAtItsPlace(due);
        int last = isDone ? due : due - 1;
        for (int number = Math.max(1, last - VALUES + 1); number <= last; number++) {
            check(isAtItsPlace(number), "value " + number);
        }
        return last;
    }

    private boolean isAtItsPlace(int number) throws IOException {
        try {
            return Arrays.equals(valueBytes(number), Files.readAllBytes(value(number)));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what + " of writer " + writer + " is not whole");
        }
    }
}
