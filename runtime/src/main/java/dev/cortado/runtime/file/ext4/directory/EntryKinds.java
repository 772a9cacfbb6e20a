package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.FileKind;

/** The numbers that entries have for kinds of files (kernel, fs_types.h, FT_REG_FILE and so on). */
final class EntryKinds {
    static final int UNKNOWN = 0;

    private static final FileKind[] BY_NUMBER = {
        null,
        FileKind.REGULAR,
        FileKind.DIRECTORY,
        FileKind.CHARACTER_DEVICE,
        FileKind.BLOCK_DEVICE,
        FileKind.PIPE,
        FileKind.SOCKET,
        FileKind.SYMBOLIC_LINK
    };

    private EntryKinds() {}

    /** Null for any other number. */
    static FileKind kind(int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    static int number(FileKind kind) {
        for (int number = 1; number < BY_NUMBER.length; number++) {
            if (BY_NUMBER[number] == kind) {
                return number;
            }
        }
        return UNKNOWN;
    }
}
