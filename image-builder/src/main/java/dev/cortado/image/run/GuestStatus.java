package dev.cortado.image.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the guest wrote to the status port before it stopped. */
public sealed interface GuestStatus {
    /** It ended of its own accord. */
    record Exited(int code) implements GuestStatus {}

    /** The kernel has found something wrong and stopped; the reason may be empty. */
    record Panicked(String reason) implements GuestStatus {}

    /** Its boot code found that it cannot start here, and said why. */
    record Unstartable(String reason) implements GuestStatus {}

    /** It stopped without a word. */
    record Unknown() implements GuestStatus {}

    /** Such as "exit 3". */
    Pattern EXIT = Pattern.compile("exit (-?\\d{1,10})\\s*");

    /** What the kernel has to say, then such as "panic 70". */
    Pattern PANIC = Pattern.compile("(?s)(.*)\npanic -?\\d{1,10}\\s*");

    /** How the boot code begins its only line. */
    String BOOT_FAILURE = "Cortado: ";

    /** The first line, once the guest takes input and its power button works. */
    String READY = "ready\n";

    /** The longest status that makes sense. */
    int LONGEST = 4096;

    /** Reads the file that QEMU has collected the port's bytes in. */
    static GuestStatus read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                return new Unknown();
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            text = text.startsWith(READY) ? text.substring(READY.length()) : text;
            if (text.startsWith(BOOT_FAILURE)) {
                return new Unstartable(text.substring(BOOT_FAILURE.length()).strip());
            }
            Matcher exit = EXIT.matcher(text);
            if (exit.matches()) {
                return new Exited((int) Long.parseLong(exit.group(1)));
            }
            Matcher panic = PANIC.matcher(text);
            return panic.matches() ? new Panicked(printable(panic.group(1))) : new Unknown();
        } catch (IOException e) {
            return new Unknown();
        }
    }

    /** Whether the guest has come so far that it takes input and its power button works. */
    static boolean isReady(Path file) {
        try (InputStream status = Files.newInputStream(file)) {
            // A guest may write as much as it likes.
            byte[] first = status.readNBytes(READY.length());
            return new String(first, StandardCharsets.ISO_8859_1).equals(READY);
        } catch (IOException e) {
            return false;
        }
    }

    /** One line without control characters: a guest may have written anything. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
