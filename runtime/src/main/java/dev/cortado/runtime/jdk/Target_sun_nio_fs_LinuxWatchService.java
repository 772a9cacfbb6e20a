package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.Errors;

/** Files do not change, so they cannot be watched. */
@TargetClass(className = "sun.nio.fs.LinuxWatchService")
final class Target_sun_nio_fs_LinuxWatchService {
    @Substitute
    private static int inotifyInit() throws Exception {
        throw UnixErrors.exception(Errors.NOT_SUPPORTED);
    }
}
