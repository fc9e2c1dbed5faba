alter table people_staff_invitation drop column sort, drop column tries;
