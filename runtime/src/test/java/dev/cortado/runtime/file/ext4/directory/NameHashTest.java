package dev.cortado.runtime.file.ext4.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes of names, as debugfs computes them. */
class NameHashTest {
    private static final Pattern ANSWER =
            Pattern.compile("Hash of (.*) is 0x([0-9a-f]+) \\(minor 0x([0-9a-f]+)\\)");

    /** In debugfs the numbers above TEA's are those of the same hashes with unsigned bytes. */
    private static final int UNSIGNED = 3;

    private record Asked(String name, int version, String seed) {}

    @TempDir Path directory;

    @Test
    void agreesWithDebugfs() throws Exception {
        Random random = new Random(1);
        List<Asked> all = new ArrayList<>();
        for (int length = 1; length <= 250; length += length < 70 ? 1 : 13) {
            for (int version = 0; version < 2 * UNSIGNED; version++) {
                String seed =
                        length % 5 == 0 ? "00000000-0000-0000-0000-000000000000" : uuid(random);
                all.add(new Asked(name(random, length), version, seed));
            }
        }
        StringBuilder requests = new StringBuilder();
        for (Asked asked : all) {
            requests.append("dx_hash -h " + asked.version + " -s " + asked.seed + " ");
            requests.append(asked.name).append('\n');
        }
        Path file = directory.resolve("requests");
        Files.writeString(file, requests);
        Matcher answers = ANSWER.matcher(E2fsprogs.output("debugfs", "-f", file));
        for (Asked asked : all) {
            answers.find();
            assertEquals(asked.name, answers.group(1));
            long major = Long.parseLong(answers.group(2), 16);
            long minor = Long.parseLong(answers.group(3), 16);
            NameHash hash =
                    new NameHash(
                            asked.version % UNSIGNED, asked.version >= UNSIGNED, words(asked.seed));
            long computed = hash.of(asked.name.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    Long.toHexString(major << 32 | minor),
                    Long.toHexString(computed),
                    asked.toString());
        }
    }

    private static String name(Random random, int length) {
        StringBuilder name = new StringBuilder();
        while (name.length() < length) {
            name.append(
                    random.nextInt(4) == 0
                            ? (char) ('\u00C0' + random.nextInt(60))
                            : (char) ('a' + random.nextInt(26)));
        }
        byte[] bytes = name.toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length <= 255 ? name.toString() : name.substring(0, 120);
    }

    private static String uuid(Random random) {
        return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** The bytes of an UUID as the superblock has them, taken as little-endian words. */
    private static int[] words(String uuid) {
        String digits = uuid.replace("-", "");
        int[] words = new int[4];
        for (int i = 0; i < words.length; i++) {
            int word = Integer.parseUnsignedInt(digits.substring(i * 8, i * 8 + 8), 16);
            words[i] = Integer.reverseBytes(word);
        }
        return words;
    }

    /** Linux takes the greatest hash for the end of a directory. */
    @Test
    void noHashIsTheEnd() {
        NameHash hash = new NameHash(NameHash.LEGACY, false, new int[4]);
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            byte[] name = new byte[1 + random.nextInt(8)];
            random.nextBytes(name);
            assertEquals(0, hash.of(name) >>> 32 & 1);
        }
    }
}
