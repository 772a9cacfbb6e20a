package dev.cortado.kernel.substrate;

import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.cortado.kernel.start.Services;

/** Runs once Java does: what drivers do in Java. */
final class StartServices implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        Services.start();
    }
}
