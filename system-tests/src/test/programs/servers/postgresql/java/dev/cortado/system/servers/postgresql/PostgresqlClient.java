package dev.cortado.system.servers.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * PostgreSQL's JDBC driver at work. The arguments are the server's host and port, and what it
 * prints is the same wherever it runs.
 */
public final class PostgresqlClient {
    private final String url;

    private PostgresqlClient(String url) {
        this.url = url;
    }

    public static void main(String[] arguments) throws Exception {
        String url = "jdbc:postgresql://%s:%s/postgres".formatted(arguments[0], arguments[1]);
        PostgresqlClient client = new PostgresqlClient(url);
        for (String mode : new String[] {"disable", "require"}) {
            System.out.println("== sslmode " + mode);
            try (Connection connection = client.connect("espresso", mode)) {
                Statements.run(connection);
                Bulk.run(connection);
            }
        }
        System.out.println("== many");
        Many.run(() -> client.connect("espresso", "disable"));
        System.out.println("== refused");
        try (Connection connection = client.connect("decaffeinated", "disable")) {
            System.out.println("connected: " + connection);
        } catch (SQLException e) {
            System.out.println(e.getSQLState());
        }
    }

    private Connection connect(String password, String mode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "barista");
        properties.setProperty("password", password);
        properties.setProperty("sslmode", mode);
        return DriverManager.getConnection(url, properties);
    }
}
