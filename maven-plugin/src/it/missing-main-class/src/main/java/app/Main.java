package app;

/** Not the class that the pom names. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("never");
    }
}
