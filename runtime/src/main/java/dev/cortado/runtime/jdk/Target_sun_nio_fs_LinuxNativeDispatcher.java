package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.tree.MountEntry;
import java.util.Iterator;

/** The natives for what only Linux has, as is the table of mounted file systems. */
@TargetClass(className = "sun.nio.fs.LinuxNativeDispatcher")
@SuppressWarnings("unused")
final class Target_sun_nio_fs_LinuxNativeDispatcher {
    private Target_sun_nio_fs_LinuxNativeDispatcher() {}

    @Substitute
    private static void init() {}

    /** Whatever file it is that is asked for, it has the mounts. */
    @Substitute
    private static long setmntent0(long path, long type) {
        return MountTables.OPEN.add(GuestFiles.get().tree().mounts().iterator());
    }

    /** Returns -1 at the end. */
    @Substitute
    static int getmntent0(
            long table, Target_sun_nio_fs_UnixMountEntry entry, long buffer, int length) {
        Iterator<MountEntry> entries = MountTables.OPEN.get(table);
        if (!entries.hasNext()) {
            return -1;
        }
        MountEntry next = entries.next();
        entry.name = MountTables.text(next.type());
        entry.dir = next.path();
        entry.fstype = MountTables.text(next.type());
        entry.opts = MountTables.text(next.readOnly() ? "ro" : "rw");
        return 0;
    }

    @Substitute
    static void endmntent(long table) {
        MountTables.OPEN.remove(table);
    }

    /** Nothing is gained by knowing beforehand what will be read. */
    @Substitute
    static int posix_fadvise(int number, long offset, long length, int advice) {
        return 0;
    }

    @Substitute
    static int directCopy0(int to, int from, long cancelled) throws Exception {
        FileCopy.copy(to, from, cancelled);
        return 0;
    }
}
