package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.map.MappedSpace;
import dev.cortado.runtime.file.map.MappingMode;
import dev.cortado.runtime.file.map.PageMemory;
import dev.cortado.runtime.jdk.map.MappedAccess;
import java.io.FileDescriptor;
import java.io.IOException;

/** The natives of mapped files. */
final class Mapping {
    /** By the protection that {@code sun.nio.ch.FileDispatcher} gives: MAP_RO, MAP_RW, MAP_PV. */
    private static final MappingMode[] MODES = {
        MappingMode.READ_ONLY, MappingMode.READ_WRITE, MappingMode.PRIVATE
    };

    private Mapping() {}

    /** A call on the machine's mappings. */
    @FunctionalInterface
    interface Call {
        void run(MappedSpace space) throws FileException;
    }

    /**
     * @throws OutOfMemoryError whoever maps collects garbage then, and tries again
     */
    static long map(FileDescriptor descriptor, int protection, long position, long length)
            throws IOException {
        try {
            return OpenFiles.file(OpenFiles.number(descriptor))
                    .map(MappedAccess.space(), position, length, MODES[protection]);
        } catch (FileException e) {
            if (e.errno() == Errno.ENOMEM) {
                throw new OutOfMemoryError("Map failed");
            }
            throw FileErrors.inputOutput(e);
        }
    }

    /** Whoever unmaps has nobody to tell what was lost. */
    static void unmap(long address) {
        try {
            MappedAccess.made().unmap(address);
        } catch (FileException e) {
            MountConsole.line("a mapped file was not written: " + e.getMessage());
        }
    }

    /** Reads all pages of a part of a mapping, as far as there is memory for them. */
    static void load(long address, long length) {
        call(space -> {
            long first = address & -PageMemory.PAGE_BYTES;
            for (long at = first; at < address + length; at += PageMemory.PAGE_BYTES) {
                space.resolve(at, false);
            }
        });
    }

    static boolean isLoaded(long address, long length) {
        boolean[] isLoaded = {false};
        call(space -> isLoaded[0] = space.isLoaded(address, length));
        return isLoaded[0];
    }

    static void unload(long address, long length) {
        call(space -> space.unload(address, length));
    }

    static void force(long address, long length) throws IOException {
        try {
            MappedAccess.made().force(address, length);
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        }
    }

    private static void call(Call call) {
        try {
            call.run(MappedAccess.made());
        } catch (FileException e) {
            throw MappedAccess.failure(e);
        }
    }
}
