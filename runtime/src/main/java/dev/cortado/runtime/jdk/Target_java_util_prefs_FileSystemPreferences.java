package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Preferences are kept in files below the user's home, and locked while they are written. */
@TargetClass(className = "java.util.prefs.FileSystemPreferences", onlyWith = IfPresent.class)
final class Target_java_util_prefs_FileSystemPreferences {
    private Target_java_util_prefs_FileSystemPreferences() {}

    /** The number of the locked file, 0 for none, and the error. */
    @Substitute
    private static int[] lockFile0(String name, int permission, boolean shared) {
        return PreferenceFiles.lock(name, permission, shared);
    }

    @Substitute
    private static int unlockFile0(int file) {
        return PreferenceFiles.unlock(file);
    }

    @Substitute
    private static int chmod(String name, int permission) {
        return PreferenceFiles.setPermissions(name, permission);
    }
}
