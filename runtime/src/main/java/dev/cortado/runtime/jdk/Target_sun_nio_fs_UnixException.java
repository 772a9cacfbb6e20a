package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;

/** What the natives of {@code java.nio.file} throw. */
@TargetClass(className = "sun.nio.fs.UnixException")
final class Target_sun_nio_fs_UnixException {
    @Alias
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_sun_nio_fs_UnixException(@SuppressWarnings("unused") int error) {}
}
