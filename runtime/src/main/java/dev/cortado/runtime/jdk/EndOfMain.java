package dev.cortado.runtime.jdk;

import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.cortado.kernel.machine.LastTasks;

/**
 * When main returns, nobody calls {@link Target_java_lang_Shutdown#halt0}, but this, behind the
 * shutdown hooks. It does no harm if both happen: each task finds that it was done.
 */
final class EndOfMain implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        LastTasks.run();
    }
}
