package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.InputStream;

/** Without the list of public suffixes, certificates for all of {@code *.com} would be accepted. */
@TargetClass(className = "sun.security.util.DomainName", innerClass = "Rules")
final class Target_sun_security_util_DomainName_Rules {
    private Target_sun_security_util_DomainName_Rules() {}

    @Substitute
    private static InputStream getPubSuffixStream() {
        return JavaHome.PublicSuffixes.open();
    }
}
