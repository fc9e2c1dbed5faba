drop table people_person, people_key, people_item, people_look, people_index, people_failed_login;
drop function people_look_stays();
drop sequence people_person_seq, people_item_seq, people_look_seq;
