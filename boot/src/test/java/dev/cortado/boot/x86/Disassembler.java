package dev.cortado.boot.x86;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binutils' objdump: someone else's opinion on what our bytes mean. */
final class Disassembler {

    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\s+(.*)");

    private Disassembler() {}

    /** Instructions in Intel's syntax by their offset; skips the test where there is no objdump. */
    static Map<Integer, String> disassemble(Mode mode, byte[] code) throws IOException {
        Path file = Files.createTempFile("cortado", ".bin");
        try {
            Files.write(file, code);
            Map<Integer, String> instructions = new TreeMap<>();
            for (String line : run(mode, file).lines().toList()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    int offset = Integer.parseInt(matcher.group(1), 16);
                    instructions.put(offset, normalise(matcher.group(2)));
                }
            }
            return instructions;
        } finally {
            Files.delete(file);
        }
    }

    private static String run(Mode mode, Path file) throws IOException {
        String machine =
                switch (mode) {
                    case BITS_16 -> "i8086";
                    case BITS_32 -> "i386";
                    case BITS_64 -> "i386:x86-64";
                };
        ProcessBuilder builder =
                new ProcessBuilder(
                        "objdump",
                        "-D",
                        "-w",
                        "--no-show-raw-insn",
                        "-b",
                        "binary",
                        "-m",
                        machine,
                        "-M",
                        "intel",
                        file.toString());
        Process process = null;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "objdump is not installed: " + e.getMessage());
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** One blank between words, no comments. */
    private static String normalise(String instruction) {
        return instruction.replaceAll("#.*", "").replaceAll("\\s+", " ").strip();
    }
}
