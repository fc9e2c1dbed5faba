drop table people_factor, people_recovery;
