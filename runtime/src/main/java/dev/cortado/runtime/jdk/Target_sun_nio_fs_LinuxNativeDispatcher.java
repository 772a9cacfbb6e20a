package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.Errors;

/** The natives for what only Linux has, as is the table of mounted file systems. */
@TargetClass(className = "sun.nio.fs.LinuxNativeDispatcher")
@SuppressWarnings("unused")
final class Target_sun_nio_fs_LinuxNativeDispatcher {
    private Target_sun_nio_fs_LinuxNativeDispatcher() {}

    @Substitute
    private static void init() {}

    @Substitute
    private static long setmntent0(long path, long type) throws Exception {
        throw UnixErrors.exception(Errors.NOT_FOUND);
    }
}
