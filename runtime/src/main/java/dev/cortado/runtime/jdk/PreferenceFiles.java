package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.tree.OpenFlags;

/** What {@code java.util.prefs} does with files. Errors are numbers, 0 for none. */
final class PreferenceFiles {
    private PreferenceFiles() {}

    /** Makes a file if need be, and locks it: its number, 0 for none, and the error. */
    static int[] lock(String name, int permissions, boolean shared) {
        int flags = shared ? OpenFlags.READ_ONLY : OpenFlags.WRITE_ONLY | OpenFlags.CREATE;
        try {
            int number = GuestFiles.get().open(null, PathBytes.of(name), flags, permissions);
            try {
                lock(OpenFiles.file(number), !shared);
                return new int[] {number, 0};
            } catch (FileException e) {
                OpenFiles.close(number);
                throw e;
            }
        } catch (FileException e) {
            return new int[] {0, e.errno().number()};
        }
    }

    private static void lock(OpenFile file, boolean exclusive) throws FileException {
        if (!file.lock(0, 0, exclusive, false)) {
            throw new FileException(Errno.EAGAIN);
        }
    }

    static int unlock(int number) {
        int error = FileErrors.number(() -> OpenFiles.file(number).unlock(0, 0));
        OpenFiles.close(number);
        return error;
    }

    static int setPermissions(String name, int permissions) {
        AttributeChange change = AttributeChange.ofPermissions(permissions);
        byte[] path = PathBytes.of(name);
        return FileErrors.number(
                () -> GuestFiles.get().tree().setAttributes(null, path, true, change));
    }
}
