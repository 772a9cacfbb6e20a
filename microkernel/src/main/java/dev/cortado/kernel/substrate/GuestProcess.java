package dev.cortado.kernel.substrate;

import com.oracle.svm.core.BaseProcessPropertiesSupport;
import java.nio.file.Path;
import java.util.Map;

/** The one "process" there is. */
final class GuestProcess extends BaseProcessPropertiesSupport {
    private static final long ONLY_PROCESS = 1;

    @Override
    public String getExecutableName() {
        return "/cortado";
    }

    @Override
    public long getProcessID() {
        return ONLY_PROCESS;
    }

    @Override
    public long getProcessID(Process process) {
        throw noProcesses();
    }

    @Override
    public int waitForProcessExit(long processId) {
        throw noProcesses();
    }

    @Override
    public boolean destroy(long processId) {
        throw noProcesses();
    }

    @Override
    public boolean destroyForcibly(long processId) {
        throw noProcesses();
    }

    @Override
    public boolean isAlive(long processId) {
        return processId == ONLY_PROCESS;
    }

    @Override
    public String getObjectFile(String symbol) {
        return null;
    }

    @Override
    public String setLocale(String category, String locale) {
        return null;
    }

    @Override
    public void exec(Path executable, String[] arguments) {
        throw noProcesses();
    }

    @Override
    public void exec(Path executable, String[] arguments, Map<String, String> environment) {
        throw noProcesses();
    }

    private static UnsupportedOperationException noProcesses() {
        return new UnsupportedOperationException("A Cortado guest has no other processes");
    }
}
