package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.Errors;

/** Preferences live as long as the guest: there is no file system that could be written to. */
@TargetClass(className = "java.util.prefs.FileSystemPreferences", onlyWith = IfPresent.class)
final class Target_java_util_prefs_FileSystemPreferences {
    private Target_java_util_prefs_FileSystemPreferences() {}

    /** The number of the locked file, 0 for none, and the error. */
    @Substitute
    @SuppressWarnings("unused")
    private static int[] lockFile0(String name, int permission, boolean shared) {
        return new int[] {0, Errors.READ_ONLY};
    }

    @Substitute
    private static int unlockFile0(@SuppressWarnings("unused") int file) {
        return Errors.READ_ONLY;
    }

    @Substitute
    @SuppressWarnings("unused")
    private static int chmod(String name, int permission) {
        return Errors.READ_ONLY;
    }
}
