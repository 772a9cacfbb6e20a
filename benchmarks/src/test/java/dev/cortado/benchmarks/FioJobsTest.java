package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FioJobsTest {
    /** Of fio 3.33, what is not read being 0. */
    private static String line(String name, int error, int readKilobytes, int writeKilobytes) {
        String[] fields = new String[130];
        Arrays.fill(fields, "0");
        fields[0] = "3";
        fields[1] = "fio-3.33";
        fields[2] = name;
        fields[4] = Integer.toString(error);
        fields[6] = Integer.toString(readKilobytes);
        fields[47] = Integer.toString(writeKilobytes);
        return String.join(";", fields);
    }

    @Test
    void kilobytesBecomeTimesASecond() {
        assertEquals(
                Map.of("direct_read_random_4k_d1", 100.0, "direct_write_sequential_1m_d32", 3.0),
                FioJobs.parse(
                        List.of(
                                "fio: some note",
                                line("direct_read_random_4k_d1", 0, 400, 0),
                                line("direct_write_sequential_1m_d32", 0, 0, 3072),
                                "[   25.9] Kernel panic - not syncing")));
    }

    @Test
    void aJobThatFailsIsAnError() {
        List<String> failed = List.of(line("direct_read_random_4k_d1", 22, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> FioJobs.parse(failed));
        assertThrows(IllegalArgumentException.class, () -> FioJobs.parse(List.of("nothing")));
    }

    @Test
    void thereIsAJobForEachFigure() {
        String jobs = FioJobs.file("/dev/vda", 64, 5);
        assertEquals(16, jobs.lines().filter(line -> line.startsWith("[direct_")).count());
        assertTrue(
                jobs.contains(
                        """
                        [direct_write_random_4k_d32]
                        rw=randwrite
                        bs=4k
                        ioengine=libaio
                        iodepth=32
                        """),
                jobs);
        assertTrue(jobs.startsWith("[global]\nfilename=/dev/vda\nsize=64m\ndirect=1\n"), jobs);
    }
}
