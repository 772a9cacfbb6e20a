package dev.cortado.runtime.jdk;

import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.cortado.runtime.file.mount.MountException;

/**
 * Mounts file systems before main. A program whose files are not there does not start: it would
 * write to others, or take what is missing for what is empty.
 */
final class MountsBeforeMain implements RuntimeSupport.Hook {
    /** What a JVM returns that cannot be created. */
    private static final int EXIT_CODE = 1;

    private final StartMounts mounts;

    MountsBeforeMain(StartMounts mounts) {
        this.mounts = mounts;
    }

    @Override
    public void execute(boolean isFirstIsolate) {
        try {
            mounts.prepare();
            mounts.mount(GuestFiles.get().tree());
        } catch (MountException e) {
            MountConsole.line(e.getMessage());
            System.exit(EXIT_CODE);
        }
    }
}
