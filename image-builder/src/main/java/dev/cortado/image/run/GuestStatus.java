package dev.cortado.image.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the guest wrote to the status port before it stopped. */
sealed interface GuestStatus {
    /** It ended of its own accord. */
    record Exited(int code) implements GuestStatus {}

    /** The kernel has found something wrong and stopped. */
    record Panicked(int code) implements GuestStatus {}

    /** Its boot code found that it cannot start here, and said why. */
    record Unstartable(String reason) implements GuestStatus {}

    /** It stopped without a word. */
    record Unknown() implements GuestStatus {}

    /** Such as "exit 3". */
    Pattern LINE = Pattern.compile("(exit|panic) (-?\\d{1,10})\\s*");

    /** How the boot code begins its only line. */
    String BOOT_FAILURE = "Cortado: ";

    /** The longest status that makes sense. */
    int LONGEST = 200;

    /** Reads the file that QEMU has collected the port's bytes in. */
    static GuestStatus read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                return new Unknown();
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.startsWith(BOOT_FAILURE)) {
                return new Unstartable(text.substring(BOOT_FAILURE.length()).strip());
            }
            Matcher line = LINE.matcher(text);
            if (!line.matches()) {
                return new Unknown();
            }
            int code = (int) Long.parseLong(line.group(2));
            return line.group(1).equals("exit") ? new Exited(code) : new Panicked(code);
        } catch (IOException e) {
            return new Unknown();
        }
    }
}
