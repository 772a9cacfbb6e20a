package dev.cortado.runtime.jdk;

import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.tree.FileTree;

/**
 * Mounts file systems before main, and writes the files that somebody wants to be there. A program
 * whose files are not there does not start: it would write to others, or take what is missing for
 * what is empty.
 */
final class MountsBeforeMain implements RuntimeSupport.Hook {
    /** What a JVM returns that cannot be created. */
    private static final int EXIT_CODE = 1;

    private final StartMounts mounts;
    private final ConfiguredFiles configured;

    /**
     * @param configured what sources of configuration say; null in images that ask none
     */
    MountsBeforeMain(StartMounts mounts, ConfiguredFiles configured) {
        this.mounts = mounts;
        this.configured = configured;
    }

    @Override
    public void execute(boolean isFirstIsolate) {
        try {
            mounts.prepare();
            FileTree tree = GuestFiles.get().tree();
            mounts.mount(tree);
            if (configured != null) {
                configured.write(tree);
            }
            if (GuestFiles.network() != null) {
                GuestFiles.network().start();
            }
        } catch (MountException e) {
            MountConsole.line(e.getMessage());
            System.exit(EXIT_CODE);
        }
    }
}
