package dev.cortado.system.libraries;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;

/** A relational database in memory. */
final class DatabasePart {
    private DatabasePart() {}

    static void run() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:cafe")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "create table drink(id int primary key, name varchar(40), price"
                                + " decimal(6,2), since date)");
                statement.execute("create index by_name on drink(name)");
            }
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into drink values(?, ?, ?, ?)")) {
                for (int i = 0; i < 100; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "drink " + i % 7);
                    insert.setBigDecimal(3, BigDecimal.valueOf(100 + i, 2));
                    insert.setObject(4, LocalDate.of(2020, 1, 1).plusDays(i));
                    insert.addBatch();
                }
                System.out.println(insert.executeBatch().length + " rows");
            }
            connection.commit();
            query(connection);
            fail(connection);
        }
    }

    private static void query(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select name, count(*), sum(price), max(since) from drink where id"
                                        + " > 10 group by name having count(*) > 3 order by name"
                                        + " desc limit 3")) {
            while (rows.next()) {
                System.out.printf(
                        "%s %d %s %s%n",
                        rows.getString(1), rows.getInt(2), rows.getBigDecimal(3), rows.getDate(4));
            }
        }
    }

    private static void fail(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into drink(id) values(1)");
        } catch (SQLException e) {
            System.out.println(e.getSQLState() + " " + e.getErrorCode());
        }
        connection.rollback();
    }
}
