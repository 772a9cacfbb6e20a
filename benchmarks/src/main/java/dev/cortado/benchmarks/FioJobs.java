package dev.cortado.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What fio is to do for {@code ./bench disk} and {@code ./bench block}, and what it says: for each
 * figure of theirs past the cache a job of the same name.
 */
final class FioJobs {
    // Fields of a line of terse output, version 3 (fio(1), "Terse output").
    private static final int NAME = 2;
    private static final int ERROR = 4;
    private static final int READ_KILOBYTES = 6;
    private static final int WRITE_KILOBYTES = 47;

    private FioJobs() {}

    /** The job file. Each job begins when the one before is done. */
    static String file(String place, int mebibytes, int seconds) {
        StringBuilder jobs =
                new StringBuilder(
                        """
                        [global]
                        filename=%s
                        size=%dm
                        direct=1
                        thread=1
                        time_based=1
                        runtime=%d
                        norandommap=1
                        overwrite=1
                        fallocate=none
                        disk_util=0
                        stonewall=1
                        """
                                .formatted(place, mebibytes, seconds));
        for (String size : List.of("4k", "1m")) {
            for (int depth : List.of(1, 32)) {
                for (String order : List.of("random", "sequential")) {
                    for (String what : List.of("read", "write")) {
                        jobs.append(
                                """
                                [direct_%s_%s_%s_d%d]
                                rw=%s%s
                                bs=%s
                                ioengine=%s
                                iodepth=%d
                                """
                                        .formatted(
                                                what,
                                                order,
                                                size,
                                                depth,
                                                order.equals("random") ? "rand" : "",
                                                what,
                                                size,
                                                depth == 1 ? "psync" : "libaio",
                                                depth));
                    }
                }
            }
        }
        return jobs.toString();
    }

    /** What follows the program's name, for a job file. */
    static String arguments(String file) {
        return "--output-format=terse --terse-version=3 " + file;
    }

    /**
     * How often a second each job did what it does.
     *
     * @throws IllegalArgumentException if a job has failed, or there is none
     */
    static Map<String, Double> parse(List<String> console) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : console) {
            String[] fields = line.strip().split(";");
            if (fields.length <= WRITE_KILOBYTES || !fields[0].equals("3")) {
                continue;
            }
            String name = fields[NAME];
            if (!fields[ERROR].equals("0")) {
                throw new IllegalArgumentException(name + " has failed: error " + fields[ERROR]);
            }
            int field = name.contains("_read_") ? READ_KILOBYTES : WRITE_KILOBYTES;
            double kilobytes = Double.parseDouble(fields[field]);
            figures.put(name, kilobytes / (name.contains("_4k_") ? 4 : 1024));
        }
        if (figures.isEmpty()) {
            throw new IllegalArgumentException(
                    "fio has done nothing:\n" + String.join("\n", console));
        }
        return figures;
    }
}
