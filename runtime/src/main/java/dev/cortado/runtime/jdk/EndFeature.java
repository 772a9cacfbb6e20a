package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What is still to be done when a program has ended is done however it ends. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class EndFeature implements InternalFeature {
    @Override
    public String getDescription() {
        return "Last tasks when main returns";
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        RuntimeSupport.getRuntimeSupport().addTearDownHook(new EndOfMain());
    }
}
