package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.Errno;

/**
 * Directories cannot be watched yet: there is no inotify, and this JDK has no service that polls.
 */
@TargetClass(className = "sun.nio.fs.LinuxWatchService")
final class Target_sun_nio_fs_LinuxWatchService {
    @Substitute
    private static int inotifyInit() throws Exception {
        throw FileErrors.unix(Errno.EOPNOTSUPP);
    }
}
