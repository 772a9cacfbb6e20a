package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileClock;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.util.List;

/** Files in memory: tmpfs(5). */
public final class TmpfsKind implements FileSystemKind {
    static final String TYPE = "tmpfs";

    /** So many bytes for each name: what a file costs without content. */
    private static final int BYTES_PER_NAME = 1024;

    private static final String SIZE = "size=";

    /** They have no meaning here, and do no harm. */
    private static final List<String> IGNORED = List.of("noatime", "relatime", "nosuid", "nodev");

    private static final String UNITS = "kmg";
    private static final int BITS_PER_UNIT = 10;

    private final long usualBytes;
    private final FileClock clock;

    /**
     * @param usualBytes that one may have, if nobody says otherwise
     */
    public TmpfsKind(long usualBytes, FileClock clock) {
        this.usualBytes = usualBytes;
        this.clock = clock;
    }

    @Override
    public boolean isNamed(String type) {
        return type.equals(TYPE);
    }

    @Override
    public boolean needsDevice() {
        return false;
    }

    @Override
    public MountedFileSystem mount(Storage device, MountSpec spec) throws MountException {
        long bytes = usualBytes;
        for (String option : spec.options().others()) {
            if (option.startsWith(SIZE)) {
                bytes = size(option.substring(SIZE.length()));
            } else if (!IGNORED.contains(option)) {
                throw new MountException("tmpfs has no option \"" + option + '"');
            }
        }
        return new NothingToKeep(new TmpFileSystem(bytes, bytes / BYTES_PER_NAME, clock));
    }

    /** A number of bytes, or with k, m or g behind it. */
    private static long size(String text) throws MountException {
        if (!text.matches("[0-9]{1,12}[kKmMgG]?")) {
            throw new MountException("\"size=" + text + "\" is no size such as 64m");
        }
        int digits = text.length();
        int unit = UNITS.indexOf(Character.toLowerCase(text.charAt(digits - 1)));
        long number = Long.parseLong(text, 0, unit < 0 ? digits : digits - 1, 10);
        long bytes = number << (unit + 1) * BITS_PER_UNIT;
        if (bytes < BYTES_PER_NAME || bytes >>> (unit + 1) * BITS_PER_UNIT != number) {
            throw new MountException("\"size=" + text + "\" is too small or too large");
        }
        return bytes;
    }
}
