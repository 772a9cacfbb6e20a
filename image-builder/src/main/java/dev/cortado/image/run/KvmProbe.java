package dev.cortado.image.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether KVM really runs guests. That the device file can be opened does not mean it:
 * inside some virtual machines and sandboxes it is there and guests hang. So a guest of a few
 * instructions is started. What came of it is remembered as long as nothing changes that it may
 * depend on: the host's boot, QEMU, the device; and that it does not work, for ten minutes only.
 */
final class KvmProbe {
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final long TIMEOUT_SECONDS = 3;
    private static final Duration FAILURE_IS_KNOWN = Duration.ofMinutes(10);

    private static final int MULTIBOOT_MAGIC = 0x1BADB002;
    private static final int MULTIBOOT_ADDRESSES_VALID = 1 << 16;
    private static final int LOAD_ADDRESS = 0x100000;
    private static final int HEADER_SIZE = 32;

    /** The value that the probe writes to the exit device, and what QEMU makes of it. */
    private static final int WRITTEN = 0x31;

    private static final int EXIT_CODE = WRITTEN << 1 | 1;

    private final Qemu qemu;
    private final Path cache;

    /**
     * @param cache the file to remember the result in
     */
    KvmProbe(Qemu qemu, Path cache) {
        this.qemu = qemu;
        this.cache = cache;
    }

    /** The usual place of the cache. */
    static Path defaultCache(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path directory =
                cache.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return directory.resolve("cortado").resolve("kvm");
    }

    /** KVM if it works, otherwise TCG. */
    Accelerator choose() {
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
            return Accelerator.TCG;
        }
        return cached() ? Accelerator.KVM : Accelerator.TCG;
    }

    private boolean cached() {
        String key = key();
        try {
            String known = Files.readString(cache);
            boolean works = known.equals(key + true);
            if (works || known.equals(key + false) && isRecent()) {
                return works;
            }
        } catch (IOException e) {
            // Not known yet.
        }
        boolean works = works();
        try {
            Files.createDirectories(cache.getParent());
            Files.writeString(cache, key + works);
        } catch (IOException e) {
            // Then it will be found out again the next time.
            return works;
        }
        return works;
    }

    private boolean isRecent() throws IOException {
        Instant found = Files.getLastModifiedTime(cache).toInstant();
        return Duration.between(found, Instant.now()).compareTo(FAILURE_IS_KNOWN) < 0;
    }

    /** The next guest is to find out again: something that was said to work did not. */
    void forget() {
        delete(cache);
    }

    private String key() {
        return "%s %s %s %s "
                .formatted(bootId(), qemu.executable(), state(qemu.executable()), state(DEVICE));
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Another one where the file is another one: a module that is loaded again makes one. */
    private static String state(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino") + "," + Files.getLastModifiedTime(file);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    /** Runs the tiny guest. */
    boolean works() {
        Path kernel = null;
        try {
            kernel = Files.createTempFile("cortado-kvm-", ".bin");
            Files.write(kernel, kernel());
            return exitCode(kernel) == EXIT_CODE;
        } catch (IOException e) {
            return false;
        } finally {
            delete(kernel);
        }
    }

    private int exitCode(Path kernel) throws IOException {
        Process process =
                new ProcessBuilder(qemu.probeCommand(kernel, Accelerator.KVM))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * A kernel in multiboot format (version 0.6.96, section 3.1): a header and four instructions.
     */
    static byte[] kernel() {
        byte[] code = {
            (byte) 0xB0,
            WRITTEN, // mov al, WRITTEN
            (byte) 0xE6,
            (byte) 0xF4, // out 0xF4, al
            (byte) 0xF4, // hlt
            (byte) 0xEB,
            (byte) 0xFD // jmp to the hlt
        };
        int end = LOAD_ADDRESS + HEADER_SIZE + code.length;
        return ByteBuffer.allocate(HEADER_SIZE + code.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MULTIBOOT_MAGIC)
                .putInt(MULTIBOOT_ADDRESSES_VALID)
                .putInt(-(MULTIBOOT_MAGIC + MULTIBOOT_ADDRESSES_VALID))
                .putInt(LOAD_ADDRESS) // header_addr
                .putInt(LOAD_ADDRESS) // load_addr
                .putInt(end) // load_end_addr
                .putInt(end) // bss_end_addr
                .putInt(LOAD_ADDRESS + HEADER_SIZE) // entry_addr
                .put(code)
                .array();
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A few bytes in the directory for temporary files do no harm.
            return;
        }
    }
}
